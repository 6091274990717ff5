//! One step of a recipe: a request whose refusal ends the whole recipe, because it is the answer to it.
//!
//! Must not know: any recipe.

use serde_json::Value;

use crate::core::client::Deliver;
use crate::core::envelope::Envelope;
use crate::core::error::{Error, Result};
use crate::core::request::Request;
use crate::core::response::Response;

/// Why a recipe ends before its end.
pub enum Stop {
    /// The panel refused a step, or would have refused the call: the answer to the caller.
    Refused(Response),
    /// A step failed.
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// What a step gives.
pub type Step<T> = Result<T, Stop>;

/// A recipe's answer, whether it came to its end or not.
///
/// # Errors
/// That of the step that failed.
pub fn finished(outcome: Step<Response>) -> Result<Response> {
    match outcome {
        Ok(answer) | Err(Stop::Refused(answer)) => Ok(answer),
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// A refusal in the panel's manner.
pub fn refused<T>(reason: &str) -> Step<T> {
    Err(Stop::Refused(Envelope::refused(reason).into_response()))
}

/// What the panel says of something that it does not have.
pub fn not_found<T>() -> Step<T> {
    let msg = "Something went wrong (record not found)".to_owned();
    Err(Stop::Refused(Envelope { success: false, msg, obj: Value::Null }.into_response()))
}

/// Sends a request; gives the `obj` of its answer.
pub async fn ask(panel: &impl Deliver, request: Request) -> Step<Value> {
    let answer = panel.deliver(request).await?;
    match Envelope::read(&answer) {
        Some(envelope) if envelope.success => Ok(envelope.obj),
        _ => Err(Stop::Refused(answer)),
    }
}

/// The reason in a refusal, where a recipe goes on without what was refused.
pub fn reason<T>(outcome: Step<T>) -> Result<Option<String>> {
    match outcome {
        Ok(_) => Ok(None),
        Err(Stop::Failed(error)) => Err(error),
        Err(Stop::Refused(answer)) => {
            let msg = Envelope::read(&answer).map(|envelope| envelope.msg).unwrap_or_default();
            Ok(Some(bare(&msg).to_owned()))
        }
    }
}

/// The part of a refusal that says why: what stands in its parentheses.
fn bare(msg: &str) -> &str {
    let inner = msg.split_once(" (").and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(msg);
    inner.trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_of_a_refusal_is_what_stands_in_its_parentheses() {
        let why: Step<()> = refused("Duplicate email: a");
        assert_eq!(reason(why).unwrap().as_deref(), Some("Duplicate email: a"));
        assert_eq!(bare("request body failed validation"), "request body failed validation");
    }
}
