//! One order for a panel, whoever speaks to it: every client of this process, on every thread.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::order::Order;

static ORDERS: Mutex<Option<HashMap<String, Weak<Order>>>> = Mutex::new(None);

/// The order of the panel at a base URL.
pub fn order_of(base_url: &str) -> Arc<Order> {
    let mut held = ORDERS.lock().unwrap_or_else(PoisonError::into_inner);
    let orders = held.get_or_insert_default();
    if let Some(order) = orders.get(base_url).and_then(Weak::upgrade) {
        return order;
    }
    orders.retain(|_, order| order.strong_count() > 0);
    let order = Arc::new(Order::default());
    orders.insert(base_url.to_owned(), Arc::downgrade(&order));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_of_one_panel_share_its_order_and_those_of_another_do_not() {
        let one = order_of("http://registry.test/a");
        assert!(Arc::ptr_eq(&one, &order_of("http://registry.test/a")));
        assert!(!Arc::ptr_eq(&one, &order_of("http://registry.test/b")));
    }
}
