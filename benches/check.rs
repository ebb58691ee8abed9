//! What reading a draft, loading the rulebook and checking cost.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rlcheck::{Draft, Rulebook, check};

/// A draft of about `bytes` bytes: the faulty example, repeated within one report.
fn draft(bytes: usize) -> String {
    let one = include_str!("../examples/faulty.md");
    one.repeat(bytes.div_ceil(one.len()))
}

fn benches(c: &mut Criterion) {
    c.bench_function("load the rulebook", |b| b.iter(Rulebook::township));
    let book = Rulebook::township();
    for size in [12_000, 120_000, 1_200_000] {
        let text = draft(size);
        let mut group = c.benchmark_group("draft");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.sample_size(if size > 1_000_000 { 10 } else { 50 });
        group.bench_with_input(BenchmarkId::new("read", size), &text, |b, text| {
            b.iter(|| Draft::parse("", black_box(text.as_bytes())));
        });
        let parsed = Draft::parse("", text.as_bytes()).expect("text");
        group.bench_with_input(BenchmarkId::new("check", size), &parsed, |b, draft| b.iter(|| check(black_box(draft), &book)));
        group.finish();
    }
}

criterion_group!(all, benches);
criterion_main!(all);
