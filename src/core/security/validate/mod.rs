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
mod xray_user;

pub use amount::{finite, finite_non_negative};
pub use client_entry::{
    TotalUnit, check_changed_client, check_client, check_client_settings, check_new_client, client_body,
    client_update_body, inbound_body, telegram_id_for_table,
};
pub use connection::{
    Argument, BaseUrl, Connection, TOKEN_AUTH, base_url, connection, validate_password, validate_url,
    validate_username,
};
pub use identifier::{MAX_IDENTIFIER, client_identifier, fits_a_path, new_identifier};
pub use ids::{inbound_id, numeric_inbounds, path_name, uuid};
pub use inbound::{client_config, inbound_config, is_unix_socket, listener, port};
pub use limits::{ClientLimits, client_limits};
pub use switch::switch;
pub use xray::{xray_config, xray_version};
pub use xray_user::xray_user;
