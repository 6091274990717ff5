//! Operations made of several calls, cut into the steps between the calls.
//!
//! Each step is a pure function. Who makes the calls is not decided here: the host makes them through its own public
//! methods, so that whatever a program has put in their place is respected.

mod add_client;
mod client_ips;
mod client_page;
mod client_traffic;
mod complete_clients;
mod ensure_inbound;
mod fit_client;
mod modify_client;
mod new_client;
mod update_client;

pub use add_client::{
    AddPlan, add_modern_body, conclude_add, email_in, gb_bodies, gb_body, is_object, named, plan_add,
    write_told,
};
pub use client_ips::normalise_ips;
pub use client_page::page_query;
pub use client_traffic::counters_body;
pub use complete_clients::{complete_clients, lacks_credentials};
pub use ensure_inbound::inbound_in_place;
pub use fit_client::{Facts, fit};
pub use modify_client::{ModifyPlan, current_client, email_in_traffic, plan_modify};
pub use new_client::NewClient;
pub use update_client::{UpdatePlan, check_update, email_of, plan_update};
