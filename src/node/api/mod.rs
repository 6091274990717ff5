//! The panel's endpoints as methods, one file per area: documentation, types and one expression each.

mod clients;
mod geo;
mod groups;
mod inbounds;
mod nodes;
mod server;
mod settings;
mod xray;
