//! The documentation says what is: its links lead somewhere, its generated pages are fresh, its worked example is the
//! shipped one, and its commands are there. With `RLCHECK_WRITE=1` the generated text is written anew.

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use rlcheck::Rulebook;
use rlcheck::output::{reference, rules};
use support::{project, rlcheck};

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).replace("\r\n", "\n")
}

/// The pages of the site.
fn pages() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(project().join("docs")).expect("docs");
    let files = entries.map(|entry| entry.expect("a file").path());
    let mut pages: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    pages.sort();
    pages
}

/// Holds a file against what it should be, or writes it.
fn fresh(path: &Path, text: &str) {
    if std::env::var_os("RLCHECK_WRITE").is_some() {
        std::fs::write(path, text).expect("a page");
    }
    assert!(read(path) == text, "{} is stale: RLCHECK_WRITE=1 cargo test --test docs", path.display());
}

#[test]
fn generated_pages_are_not_stale() {
    let book = Rulebook::township();
    fresh(&project().join("docs/rules.md"), &rules::page(&rules::catalogue(&book)));
    fresh(&project().join("docs/rulebook-keys.md"), &reference::page());
}

/// The id that the site gives a heading.
fn slug(heading: &str) -> String {
    let kept = heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-') || c.is_whitespace())
        .collect::<String>();
    kept.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// The links of a page and the ids of its headings.
fn anatomy(text: &str) -> (Vec<String>, BTreeSet<String>) {
    let (mut links, mut ids, mut heading) = (Vec::new(), BTreeSet::new(), None::<String>);
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => links.push(dest_url.into_string()),
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => heading.iter_mut().for_each(|heading| heading.push_str(&text)),
            Event::End(TagEnd::Heading(_)) => ids.extend(heading.take().map(|heading| slug(&heading))),
            _ => {}
        }
    }
    (links, ids)
}

#[test]
fn links_lead_somewhere() {
    let mut wrong = Vec::new();
    for page in pages().into_iter().chain(["README.md", "CHANGELOG.md"].map(|name| project().join(name))) {
        for link in anatomy(&read(&page)).0 {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) = link.split_once('#').map_or((link.as_str(), None), |(file, anchor)| (file, Some(anchor)));
            let target = if file.is_empty() { page.clone() } else { page.with_file_name("").join(file) };
            let outside = page.starts_with(project().join("docs")) && file.starts_with("..");
            let known = || anchor.is_none_or(|anchor| anatomy(&read(&target)).1.contains(anchor));
            if outside {
                wrong.push(format!("{}: {link} leads out of the site; name the file as `code`", page.display()));
            } else if !target.exists() || !known() {
                wrong.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_site_lists_every_page() {
    let site = read(&project().join("mkdocs.yml"));
    let live: String = site.lines().filter(|line| !line.trim_start().starts_with('#')).flat_map(|line| [line, "\n"]).collect();
    for page in pages() {
        let name = page.file_name().and_then(|name| name.to_str()).expect("a name");
        assert!(live.contains(&format!(": {name}\n")), "mkdocs.yml does not list {name}");
    }
}

/// The blocks of a page that an HTML comment above calls by `name`: where each one's text begins, and the text.
fn blocks<'a>(page: &'a str, name: &str) -> Vec<(usize, &'a str)> {
    let mark = format!("<!-- {name} -->\n```");
    let block = |(at, _): (usize, &str)| {
        let start = at + mark.len() + page[at + mark.len()..].find('\n').expect("a line") + 1;
        let end = start + page[start..].find("```\n").expect("an end");
        (start, &page[start..end])
    };
    page.match_indices(mark.as_str()).map(block).collect()
}

/// The page that teaches is the example that is tested.
#[test]
fn the_worked_example_is_the_shipped_one() {
    let page = read(&project().join("docs/rulebook.md"));
    for name in ["云砚县.yaml", "rlcheck.toml"] {
        let pieces: Vec<&str> = blocks(&page, name).into_iter().map(|(_, text)| text).collect();
        assert!(!pieces.is_empty(), "{name}");
        assert_eq!(pieces.join("\n"), read(&project().join("examples/rulebook").join(name)), "{name}");
    }
}

/// A text whose numbers do not count: they change whenever a rule is added.
fn without_numbers(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, ' ' | '─')).collect()
}

/// What the page shows is what is printed.
#[test]
fn the_worked_example_prints_what_the_page_shows() {
    let path = project().join("docs/rulebook.md");
    let mut page = read(&path);
    for (name, args) in [("rules test 云砚县.yaml", &["rules", "test", "云砚县.yaml"][..]), ("报告.md", &["报告.md"])] {
        let output = rlcheck(&project().join("examples/rulebook"), args);
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        let printed = String::from_utf8(output.stdout).expect("text");
        let (start, shown) = *blocks(&page, name).first().unwrap_or_else(|| panic!("{name}"));
        if without_numbers(shown) != without_numbers(&printed) {
            page.replace_range(start..start + shown.len(), &printed);
        }
    }
    fresh(&path, &page);
}

#[test]
fn the_worked_example_holds() {
    let folder = project().join("examples/rulebook");
    let run = |args: &[&str]| rlcheck(&folder, args);
    assert_eq!(run(&["rules", "test", "云砚县.yaml"]).status.code(), Some(0));
    assert_eq!(run(&["rules", "lint", "--year", "2025", "云砚县.yaml"]).status.code(), Some(0));
    let found = |path: &Path| {
        let output = rlcheck(path, &["--format", "json", "报告.md"]);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let findings = json["drafts"][0]["findings"].as_array().expect("findings").clone();
        let told = |finding: &serde_json::Value| {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            (text(&finding["rule"]), text(&finding["rulebook"]["path"]))
        };
        findings.iter().map(told).collect::<BTreeSet<_>>()
    };
    // All four things that the county asks for, asked for by its own file.
    for rule in ["word-limit", "missing-mention", "wrong-term", "recipient"] {
        assert!(found(&folder).contains(&(rule.to_owned(), "云砚县.yaml".to_owned())), "{rule}: {:?}", found(&folder));
    }
    // A report that does as the county says has none of them.
    let draft = read(&folder.join("报告.md"));
    let mended = draft
        .replace("县委、县政府：", "县委、县人大常委会：")
        .replace("渠边说事亭", "渠畔说事亭")
        .replace("全年入企检查126次，", "推行扫码入企，全年入企检查126次，")
        .replace(
            "（一）组织未持证",
            &format!(
                "（一）{}\n\n（二）组织未持证",
                "各村按季度公开普法、调解和合同审查的办理情况，听取群众意见后逐条答复。".repeat(12)
            ),
        );
    let copy = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("报告.md", mended),
        ("rlcheck.toml", read(&folder.join("rlcheck.toml"))),
        ("云砚县.yaml", read(&folder.join("云砚县.yaml"))),
    ] {
        std::fs::write(copy.path().join(name), text).expect("a file");
    }
    let left: Vec<String> =
        found(copy.path()).into_iter().filter(|(_, path)| path == "云砚县.yaml").map(|(rule, _)| rule).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// Every command that the pages tell a reader to type is there, with its options.
#[test]
fn commands_of_the_pages_are_there() {
    let mut wrong = Vec::new();
    for page in pages() {
        let text = read(&page);
        let (mut shell, mut lines) = (false, Vec::new());
        for line in text.lines() {
            match line.trim() {
                "```sh" => shell = true,
                "```" => shell = false,
                line if shell => lines.extend(line.strip_prefix("rlcheck ")),
                _ => {}
            }
        }
        for line in lines {
            let typed = line.split(" #").next().unwrap_or_default();
            let words: Vec<&str> = typed.split_whitespace().take_while(|word| !matches!(*word, "<" | ">" | "|")).collect();
            let named = |word: &&&str| word.bytes().all(|b| b.is_ascii_lowercase());
            let commands: Vec<&str> =
                words.iter().take(if words.first() == Some(&"rules") { 2 } else { 1 }).take_while(named).copied().collect();
            let help = rlcheck(project(), &[commands.as_slice(), &["--help"]].concat());
            let help = String::from_utf8_lossy(&help.stdout).into_owned();
            let options =
                words.iter().filter(|word| word.starts_with("--")).map(|word| word.split('=').next().unwrap_or_default());
            let unknown: Vec<&str> =
                options.filter(|option| !help.contains(option) && !matches!(*option, "--help" | "--version")).collect();
            if help.is_empty() || !unknown.is_empty() {
                wrong.push(format!("{}: rlcheck {line}", page.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
