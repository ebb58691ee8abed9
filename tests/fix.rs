//! `rlcheck fix`: what it changes, what it leaves alone, and its laws.

use std::path::Path;

use assert_cmd::Command;
use proptest::prelude::*;
use rlcheck::fix::{Wanted, fix};
use rlcheck::text::Encoding;
use rlcheck::{Draft, Rulebook, check};

const DRAFT: &str = "柳政发[2026]第03号\r\n\r\n柳川镇2025年法治政府建设年度报告\r\n\r\n县委、县政府:\r\n\r\n一、主要举措和成效\r\n\r\n\
                     全年开展普法活动12场。\r\n\r\n柳川镇人民政府\r\n2026年01月20日\r\n";
const FIXED: &str = "柳政发〔2026〕3号\r\n\r\n柳川镇2025年法治政府建设年度报告\r\n\r\n县委、县政府：\r\n\r\n一、主要举措和成效\r\n\r\n\
                     全年开展普法活动12场。\r\n\r\n柳川镇人民政府\r\n2026年1月20日\r\n";

fn rlcheck(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = Command::cargo_bin("rlcheck").expect("the program is built").current_dir(folder).args(args).output();
    let output = output.expect("the program starts");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
}

#[test]
fn every_encoding_stays_as_it_was() {
    let utf16 = |text: &str| [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect::<Vec<u8>>();
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let bom = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let plain = |text: &str| text.as_bytes().to_vec();
    let writers: [fn(&str) -> Vec<u8>; 4] = [plain, gbk, utf16, bom];
    for (index, write) in writers.iter().enumerate() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("稿.txt");
        std::fs::write(&path, write(DRAFT)).expect("a file");
        let (code, shown) = rlcheck(folder.path(), &["fix", "--diff", "稿.txt"]);
        assert_eq!(code, Some(1), "{shown}");
        assert_eq!(std::fs::read(&path).expect("the file"), write(DRAFT), "--diff changes nothing ({index})");
        let (code, shown) = rlcheck(folder.path(), &["fix", "稿.txt"]);
        assert_eq!(code, Some(0), "{shown}");
        assert_eq!(std::fs::read(&path).expect("the file"), write(FIXED), "{index}");
        let left: Vec<_> = std::fs::read_dir(folder.path()).expect("the folder").collect();
        assert_eq!(left.len(), 1, "no temporary file is left");
    }
}

#[test]
fn only_the_rules_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("稿.md"), DRAFT).expect("a file");
    let (code, shown) = rlcheck(folder.path(), &["fix", "--rule", "date-form", "稿.md"]);
    assert_eq!(code, Some(0), "{shown}");
    let text = std::fs::read_to_string(folder.path().join("稿.md")).expect("the file");
    assert!(text.contains("2026年1月20日") && text.contains("[2026]第03号"), "{text}");
    let (code, shown) = rlcheck(folder.path(), &["fix", "--rule", "date-from", "稿.md"]);
    assert_eq!((code, shown.trim()), (Some(2), "没有“date-from”这条规则，是不是想写“date-form”？"));
}

#[test]
fn a_file_with_unreadable_bytes_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = [DRAFT.as_bytes(), &[0xe5, 0x0a]].concat();
    std::fs::write(folder.path().join("稿.md"), &bytes).expect("a file");
    let (code, shown) = rlcheck(folder.path(), &["fix", "稿.md"]);
    assert_eq!(code, Some(2), "{shown}");
    assert_eq!(std::fs::read(folder.path().join("稿.md")).expect("the file"), bytes);
}

/// Reports of an invented town with faults of many kinds, in any order.
fn report() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "全年受理信访件35件,办结33件。",
        "推进法制政府建设,",
        "“谁执法谁普法”责任制",
        "2024年，我镇将",
        "（12.4）",
        "《宪法》、《民法典》",
        "截止目前，",
        "市长热线",
        "三. 存在的问题",
        "（一）加强学习",
        "学习习近平法治思想",
        "增强“四个意识”、",
        "。。",
        "想想",
        "XX村",
        "（20212025年）",
        "\n\n",
        "。",
        "\n",
        "10～15%",
        "**",
        "扫一扫",
    ]);
    prop::collection::vec(piece, 0..30)
        .prop_map(|pieces| format!("柳川镇2025年法治政府建设年度报告\n\n县委:\n\n{}\n2026年01月20日\n", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn fixing_twice_is_fixing_once_and_adds_no_findings(text in report(), doubtful in any::<bool>()) {
        let book = Rulebook::township();
        let wanted = Wanted { doubtful, ..Wanted::default() };
        let count = |text: &str| check(&Draft::from_text("", text, Encoding::Utf8), &book).len();
        let once = fix("", &text, &book, &wanted);
        prop_assert!(count(&once.text) <= count(&text));
        prop_assert_eq!(once.left, count(&once.text));
        let twice = fix("", &once.text, &book, &wanted);
        prop_assert_eq!(&twice.text, &once.text);
        prop_assert_eq!(twice.applied, 0);
    }
}
