//! `rlcheck init`: writes `rlcheck.toml`.

use std::fmt::Write as _;
use std::path::Path;

use super::ask::{self, Question, asker};
use super::save::save;
use super::{Outcome, complain, print};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 镇、乡或者街道的全称
    #[arg(long, value_name = "名称", help_heading = "选项")]
    town: Option<String>,
    /// 所属县（市、区）的全称
    #[arg(long, value_name = "名称", help_heading = "选项")]
    county: Option<String>,
    /// 所属市（州）的全称
    #[arg(long, value_name = "名称", help_heading = "选项")]
    city: Option<String>,
    /// 所属省的全称
    #[arg(long, value_name = "名称", help_heading = "选项")]
    province: Option<String>,
    /// 村和社区的名称，用顿号或者逗号隔开
    #[arg(long, value_name = "名称,…", help_heading = "选项")]
    villages: Option<String>,
    /// 不提问，没写的用默认值
    #[arg(short, long, help_heading = "选项")]
    yes: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    match write(args) {
        Ok(()) => {
            print(
                "已写好设置：rlcheck.toml\n接下来：\n  \
                 1. 运行 rlcheck new，写今年的空白报告；有去年的报告就加上 --from 去年的报告.md\n  \
                 2. 运行 rlcheck check 报告.md，检查写好的报告\n",
            );
            Outcome::Clean
        }
        Err(message) => {
            complain(&message);
            Outcome::Failed
        }
    }
}

fn write(args: &Args) -> Result<(), String> {
    const INSTEAD: &str = "要改就打开它修改";
    let path = Path::new("rlcheck.toml");
    // Nobody answers questions for nothing.
    if path.exists() {
        return save(path, &[], INSTEAD);
    }
    save(path, answers(args)?.toml().as_bytes(), INSTEAD)
}

/// What the file is to say.
struct Answers {
    town: String,
    county: String,
    city: Option<String>,
    province: Option<String>,
    villages: Vec<String>,
}

fn answers(args: &Args) -> Result<Answers, String> {
    let mut asker = asker(args.yes);
    let question = |flag, what, example, optional: bool| Question { flag, what, example, default: optional.then(String::new) };
    let town = asker.answer(&question("--town", "镇（乡、街道）的全称", "柳川镇", false), args.town.clone(), ask::town)?;
    let county =
        asker.answer(&question("--county", "所属县（市、区）的全称", "云砚县", false), args.county.clone(), ask::county)?;
    // What need not be known is asked of persons only.
    let optional = |given: &Option<String>| given.clone().or_else(|| (!asker.asks()).then(String::new));
    let (city, province, villages) = (optional(&args.city), optional(&args.province), optional(&args.villages));
    Ok(Answers {
        town,
        county,
        city: asker.answer(&question("--city", "所属市（州）的全称", "清陵市", true), city, ask::place)?,
        province: asker.answer(&question("--province", "所属省（区、市）的全称", "河阳省", true), province, ask::place)?,
        villages: asker.answer(
            &question("--villages", "村和社区，用顿号隔开", "上渠村、下渠村", true),
            villages,
            ask::villages,
        )?,
    })
}

impl Answers {
    /// The file, each key explained. All names are 汉字, so that none needs escaping.
    fn toml(&self) -> String {
        let mut out = String::from(
            "# rlcheck 的设置：对这个文件夹和里面各级文件夹的稿件都起作用。\n# 行首有 # 的不起作用；要用哪一行，就去掉它前面的 #。\n\n",
        );
        let Self { town, county, city, province, villages } = self;
        _ = writeln!(out, "# 镇、乡或者街道的全称。写新报告时用，也用来看名称写得对不对。\ntown = \"{town}\"\n");
        _ = writeln!(out, "# 所属县（市、区）的全称。\ncounty = \"{county}\"\n");
        let or_example = |key: &str, value: &Option<String>, example: &str| match value {
            Some(value) => format!("{key} = \"{value}\""),
            None => format!("# {key} = \"{example}\""),
        };
        _ = writeln!(out, "# 所属市（州）、省的全称。用来看有没有写进外地的地名，可以不写。");
        _ = writeln!(out, "{}\n{}\n", or_example("city", city, "清陵市"), or_example("province", province, "河阳省"));
        _ = writeln!(out, "# 村和社区的名单。写新报告时用，也用来看有没有写进外地的村名。");
        let names: Vec<String> = villages.iter().map(|name| format!("\"{name}\"")).collect();
        let list = format!("villages = [{}]", names.join(", "));
        _ = writeln!(out, "{}\n", if names.is_empty() { "# villages = [\"上渠村\", \"兴禾社区\"]" } else { &list });
        out.push_str(REST);
        out
    }
}

/// Keys that are there to be switched on.
const REST: &str = "\
# 报告年度。一般不写，从稿件的标题里认；写了就以这里为准，明年要记得改。
# year = 2025

# 用哪个规则库：township 是随附的乡镇规则库；县里有自己的，写 .yaml 文件的路径。
rulebook = \"township\"

# 规则的轻重：error 必须修改，warning 建议修改，info 供参考，off 不查。
# [severity]
# thin-section = \"info\"

# 看过以后确认没有问题的，写在这里就不再提示：rule 是规则名，text 是那一处的文字，reason 是原因。
# [[allow]]
# rule = \"date-form\"
# text = \"2026年01月20日\"
# reason = \"照原件录入\"
";

#[cfg(test)]
mod tests {
    use rlcheck::Rulebook;
    use rlcheck::rulebook::Config;

    use super::*;

    fn written() -> String {
        let names = ["柳川镇", "云砚县", "上渠村", "兴禾社区"].map(str::to_owned);
        let [town, county, villages @ ..] = names;
        Answers { town, county, city: None, province: Some("河阳省".to_owned()), villages: villages.to_vec() }.toml()
    }

    #[test]
    fn what_is_written_is_read() {
        let config = Config::parse("rlcheck.toml", &written()).expect("settings");
        assert_eq!((config.town.as_deref(), config.county.as_deref()), (Some("柳川镇"), Some("云砚县")));
        assert_eq!((config.city, config.province.as_deref()), (None, Some("河阳省")));
        assert_eq!(config.villages, ["上渠村", "兴禾社区"]);
        assert_eq!(config.rulebook.as_deref(), Some("township"));
    }

    /// A person who takes the # off an example gets settings that work.
    #[test]
    fn what_is_switched_off_works_too() {
        let key = |line: &str| {
            line.starts_with("# [")
                || line.strip_prefix("# ").and_then(|rest| rest.split_once(" = ")).is_some_and(|(key, _)| key.is_ascii())
        };
        let text: String =
            written().lines().map(|line| if key(line) { &line[2..] } else { line }).flat_map(|line| [line, "\n"]).collect();
        let config = Config::parse("rlcheck.toml", &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!((config.year, config.allow.len(), config.severity.len()), (Some(2025), 1, 1));
        let book = Rulebook::township();
        let named = config.allow.iter().map(|allow| &allow.rule.value).chain(config.severity.keys());
        assert!(named.into_iter().all(|rule| book.book().rules.contains_key(rule)));
    }
}
