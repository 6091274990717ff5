//! What may be sent, checked before anything is sent.
//!
//! Owns the rules and their wording: every error names the field and the rule. Must not know: routes, sessions, or
//! how the checked values travel.

mod amount;
mod client_entry;
mod connection;
mod identifier;
mod ids;
mod inbound;
mod limits;
mod switch;
mod xray;

pub use amount::{finite, finite_non_negative};
pub use client_entry::{
    TotalUnit, check_client, check_client_settings, client_body, inbound_body, telegram_id_for_table,
};
pub use connection::{
    Argument, BaseUrl, Connection, TOKEN_AUTH, base_url, connection, validate_password, validate_url,
    validate_username,
};
pub use identifier::{MAX_IDENTIFIER, client_identifier};
pub use ids::{inbound_id, numeric_inbounds, path_name, uuid};
pub use inbound::{client_config, inbound_config, port};
pub use limits::{ClientLimits, client_limits};
pub use switch::switch;
pub use xray::{xray_config, xray_version};
