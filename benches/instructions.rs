//! The core's hot paths for a counter of instructions: `instructions <path> <turns>` runs one and says nothing.
//!
//! Without arguments it names the paths. `benchmark/instructions.mjs` does the counting.

mod support;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| !one.starts_with("--")).collect();
    let [name, turns] = arguments.as_slice() else {
        for path in support::paths() {
            println!("{}", path.name);
        }
        return;
    };
    let turns: usize = turns.parse().unwrap_or(1);
    for mut path in support::paths() {
        if path.name == name {
            (0..turns).for_each(|_| (path.turn)());
        }
    }
}
