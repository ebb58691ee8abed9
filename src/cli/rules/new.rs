//! `rlcheck rules new`: starts a rulebook of a county's own.

use std::path::Path;

use crate::cli::save::{save, typed};
use crate::cli::{Outcome, complain, print};

#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 规则库的名称，例如 云砚县；写成 云砚县.yaml
    #[arg(value_name = "名称", required = true, help_heading = "参数")]
    name: String,
    /// 在哪个规则库上面改：township（乡镇，默认）等随附的规则库，或者 .yaml 文件
    #[arg(long, value_name = "规则库", default_value = "township", hide_default_value = true, help_heading = "选项")]
    extends: String,
}

/// The overlay with its comments; `{name}` and `{extends}` are filled in.
const TEMPLATE: &str = include_str!("../../../templates/rulebook.yaml");

/// Runs the command.
pub(super) fn run(args: &Args) -> Outcome {
    match write(args) {
        Ok(message) => {
            print(&message);
            Outcome::Clean
        }
        Err(message) => {
            complain(&message);
            Outcome::Failed
        }
    }
}

fn write(args: &Args) -> Result<String, String> {
    let name = args.name.trim().trim_end_matches(".yaml").trim_end_matches(".yml");
    if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '#', '\'']) {
        return Err(format!("“{}”不能作规则库的名称：只写名称，例如 云砚县", args.name));
    }
    if let Err(error) = crate::cli::settings::bare(&args.extends) {
        return Err(error.show(crate::cli::style(&std::io::stderr())));
    }
    let path = format!("{name}.yaml");
    let path = Path::new(&path);
    save(path, filled(name, &args.extends).as_bytes(), "换一个名称，或者打开它修改")?;
    let shown = typed(path);
    Ok(format!(
        "已写好规则库：{shown}\n接下来：\n  1. 打开它，要用哪一段就去掉前面的 #~\n  2. 运行 rlcheck rules test {shown}，看错例、正例对不对\n  \
         3. 在 rlcheck.toml 里写 rulebook = \"{}\"，以后检查就用它\n",
        path.display()
    ))
}

fn filled(name: &str, extends: &str) -> String {
    TEMPLATE.replace("{name}", name).replace("{extends}", extends)
}

#[cfg(test)]
mod tests {
    use rlcheck::Rulebook;
    use rlcheck::examples;
    use rlcheck::rulebook::{Config, load};

    use super::*;

    fn tested(text: &str) -> examples::Tested {
        let fetch = |_: &str, _: Option<&str>| Ok(("云砚县.yaml".to_owned(), text.to_owned()));
        let book = load("云砚县.yaml", &fetch).unwrap_or_else(|error| panic!("{error}\n{text}"));
        examples::test(&Rulebook::new(book, Config::default()))
    }

    #[test]
    fn what_is_written_passes_its_test() {
        let tested = tested(&filled("云砚县", "township"));
        assert!(!tested.fails(), "{:?}", tested.failures);
    }

    /// A keeper who takes the # off gets rules that work, with examples that hold.
    #[test]
    fn what_is_switched_off_works_too() {
        let text = filled("云砚县", "township").replace("#~ yaml", "# yaml");
        let text: String = text.lines().flat_map(|line| [line.strip_prefix("#~").unwrap_or(line), "\n"]).collect();
        let (all, base) = (tested(&text), tested("extends: township\n"));
        // A mention, a term, a wording that is forbidden, a pattern.
        assert_eq!(all.cases, base.cases + 4);
        assert!(!all.fails(), "{:?}", all.failures);
    }
}
