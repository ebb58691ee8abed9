//! How long the figures of a draft take: 12 KB as townships write, 12 KB of nothing but figures, and 5 MB to see that it stays in proportion.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use rlcheck::figures::{Ledger, Lexicon};
use rlcheck::text::Encoding;
use rlcheck::{Draft, Rulebook};

/// Paragraphs three times as dense in figures as a township's report.
fn draft(bytes: usize) -> Draft {
    const PARAGRAPH: &str = "全年受理群众来信来访146件，办结143件，办结率达97.9%；排查矛盾纠纷212件，其中婚姻家庭61件、邻里57件、\
        土地山林62件、其他32件，成功化解205件，化解率96.7%。组织学法42次，印发资料3000余份，覆盖东溪村、西岭村、南塘村3个村。\
        重点做好三方面工作：一是建立“四项清单”，二是由12人增至18人，增长50%，三是办理人大代表建议25件、政协提案31件，满意率均达100%。\n\n";
    let text = format!("一、主要举措和成效\n\n{}", PARAGRAPH.repeat(bytes / PARAGRAPH.len() + 1));
    Draft::from_text("bench", text, Encoding::Utf8)
}

fn figures(c: &mut Criterion) {
    let book = Rulebook::township();
    let (small, large) = (draft(12 * 1024), draft(5 * 1024 * 1024));
    c.bench_function("lexicon", |b| b.iter(|| Lexicon::new(black_box(&book.book().figures))));
    c.bench_function("figures of 12 KB", |b| b.iter(|| Ledger::of(black_box(&small), book.lexicon())));
    let real = Draft::from_text("bench", include_str!("../examples/clean.md"), Encoding::Utf8);
    c.bench_function("figures of the clean example, 12 KB", |b| b.iter(|| Ledger::of(black_box(&real), book.lexicon())));
    let mut group = c.benchmark_group("large");
    group.sample_size(10);
    group.bench_function("figures of 5 MB", |b| b.iter(|| Ledger::of(black_box(&large), book.lexicon())));
    let paragraph = large.source.text().replace("\n\n", "").chars().take(1_200_000).collect::<String>();
    group.bench_function("one paragraph of 3.4 MB, with its reading", |b| {
        b.iter(|| {
            let text = format!("一、主要举措和成效\n\n{paragraph}\n");
            let draft = Draft::from_text("bench", black_box(text), Encoding::Utf8);
            Ledger::of(&draft, book.lexicon()).claims
        });
    });
}

criterion_group!(benches, figures);
criterion_main!(benches);
