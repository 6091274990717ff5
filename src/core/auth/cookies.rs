//! The cookies of one session, as one header value.
//!
//! Owns the little of RFC 6265 that a panel needs: the last of several `Set-Cookie` of one name counts, deleted
//! ones go, others (a proxy's) stay. Must not know: logins, sessions.

use crate::core::response::Response;

/// `known` with the answer's `Set-Cookie` headers merged in.
pub fn merge(known: &str, answer: &Response) -> String {
    let mut jar: Vec<(String, String)> = known.split("; ").filter_map(pair).collect();
    for header in answer.headers_named("set-cookie") {
        let Some((name, value)) = header.split(';').next().and_then(pair) else { continue };
        jar.retain(|(other, _)| *other != name);
        if !value.is_empty() && !is_deletion(header) {
            jar.push((name, value));
        }
    }
    jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

/// The values of a `Cookie` header.
pub fn values(cookie: &str) -> impl Iterator<Item = String> {
    cookie.split("; ").filter_map(pair).map(|(_, value)| value)
}

fn pair(text: &str) -> Option<(String, String)> {
    let (name, value) = text.trim().split_once('=')?;
    Some((name.to_owned(), value.to_owned()))
}

fn is_deletion(header: &str) -> bool {
    header.split(';').skip(1).filter_map(|attribute| attribute.trim().split_once('=')).any(|(name, value)| {
        name.eq_ignore_ascii_case("max-age") && value.parse::<i64>().is_ok_and(|seconds| seconds <= 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::response::Headers;

    fn setting(cookies: &[&str]) -> Response {
        let mut answer = Response::synthetic(String::new());
        answer.headers =
            Headers::from_pairs(cookies.iter().map(|c| ("set-cookie".to_owned(), (*c).to_owned())));
        answer
    }

    #[test]
    fn the_last_of_several_cookies_of_one_name_counts() {
        let answer = setting(&["3x-ui=first; Path=/", "3x-ui=second; Path=/; HttpOnly"]);
        assert_eq!(merge("", &answer), "3x-ui=second");
    }

    #[test]
    fn the_login_replaces_the_anonymous_cookie_and_keeps_those_of_others() {
        assert_eq!(merge("3x-ui=anonymous; lb=2", &setting(&["3x-ui=user"])), "lb=2; 3x-ui=user");
    }

    #[test]
    fn a_deleted_cookie_is_gone() {
        assert_eq!(merge("3x-ui=a", &setting(&["3x-ui=; Max-Age=0"])), "");
        assert_eq!(merge("3x-ui=a", &setting(&["3x-ui=x; Max-Age=-1"])), "");
    }
}
