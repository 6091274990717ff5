//! Writes in the order in which they were called.
//!
//! Panels up to 3.0 lose clients when two writes meet: the whole settings of an inbound are read, changed and written
//! back. So all clients of a process that speak to one panel share an [`Order`]: a write waits for those before it that
//! touch the same, and for no others. Reads never wait. Clients that are to be made or deleted and have to wait leave together.
//!
//! Must not know: how a write is made (`generation`), or how requests travel.

mod blocked;
mod due;
mod line;
mod order;
mod registry;
mod waiting;
mod write;

pub use line::{Gathered, Queue};
pub use order::{Calling, Departure, Order, Over, Ticket, Turn, Wait};
pub use registry::order_of;
pub use waiting::{Go, Party};
pub use write::{Creation, Scope, Several, Write, write_of, write_of_unknown};
