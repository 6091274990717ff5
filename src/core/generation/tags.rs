//! The tables against the panel's own tags: which route exists in which version, read once from its repository.
//!
//! `scripts/panel-routes.mjs` writes the facts. Must not know: what is done where a route is missing.

use serde_json::Value;

use super::{Panel, Version, moved};
use crate::core::request::Method;
use crate::core::routes::{Span, TABLE};

/// The versions, oldest first, and the routes with the places of the versions that have them.
struct Tags {
    versions: Vec<String>,
    routes: Vec<(String, Vec<bool>)>,
}

impl Tags {
    fn read() -> Self {
        let facts: Value =
            serde_json::from_str(include_str!("../../../__test__/versions/routes.json")).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let versions: Vec<String> = facts["versions"].as_array().unwrap().iter().map(text).collect();
        let place =
            |version: &Value| versions.iter().position(|each| Some(each.as_str()) == version.as_str());
        let having = |spans: &Value| {
            let mut has = vec![false; versions.len()];
            for span in spans.as_array().unwrap() {
                has[place(&span[0]).unwrap()..=place(&span[1]).unwrap()].fill(true);
            }
            has
        };
        let routes = facts["routes"].as_object().unwrap().iter();
        let routes = routes.map(|(route, spans)| (route.clone(), having(spans))).collect();
        Self { versions, routes }
    }

    /// Where a span of ours and the panel disagree, in words.
    fn against(&self, method: Method, template: &str, span: Span) -> Vec<String> {
        let taking: Vec<&Vec<bool>> = self
            .routes
            .iter()
            .filter(|(route, _)| takes(route, method, template))
            .map(|(_, has)| has)
            .collect();
        let differing = self.versions.iter().enumerate().filter(|(place, name)| {
            // The newest state of the repository has what only a later release will.
            let panel = Panel::seen(false).exactly(Version::parse(name).unwrap_or(Version::DEVELOPMENT));
            span.covers(&panel) != Some(taking.iter().any(|has| has[*place]))
        });
        differing.map(|(_, version)| format!("{} {template} on {version}", method.as_str())).collect()
    }
}

/// `{+id}` of ours is `:id` of the panel's; `-1` of ours is a value of a parameter there.
fn takes(route: &str, method: Method, template: &str) -> bool {
    let Some(path) = route.strip_prefix(method.as_str()).and_then(|rest| rest.strip_prefix(' ')) else {
        return false;
    };
    let is_same = |(theirs, ours): (&str, &str)| {
        if theirs.starts_with(':') { ours.starts_with(['{', '-']) } else { theirs == ours }
    };
    path.split('/').count() == template.split('/').count()
        && path.split('/').zip(template.split('/')).all(is_same)
}

#[test]
fn every_span_of_the_route_table_is_the_panels_own() {
    let tags = Tags::read();
    let wrong: Vec<String> =
        TABLE.iter().flat_map(|row| tags.against(row.method, row.template, row.span)).collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_span_of_another_address_is_the_panels_own() {
    let tags = Tags::read();
    let wrong: Vec<String> = moved::addresses()
        .flat_map(|(method, template, span)| tags.against(method, template, span))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}
