//! The core's hot paths by the clock: `cargo bench --no-default-features`, with a name to run those alone.

mod support;

use criterion::{Criterion, criterion_group, criterion_main};

fn hot_paths(criterion: &mut Criterion) {
    for mut path in support::paths() {
        criterion.bench_function(path.name, |bencher| bencher.iter(&mut path.turn));
    }
}

criterion_group!(benches, hot_paths);
criterion_main!(benches);
