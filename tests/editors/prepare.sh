# Sourced by the editors' scripts: finds the program, lays the example into a folder of its own and asks the command line
# what is to be seen there. Leaves RLCHECK and the working folder set.
RLCHECK=${1:-${RLCHECK:-$here/../../target/release/rlcheck}}
[ -x "$RLCHECK" ] || { echo "no program at $RLCHECK: build it first (cargo build --release)" >&2; exit 2; }
RLCHECK=$(cd "$(dirname "$RLCHECK")" && pwd)/$(basename "$RLCHECK")
export RLCHECK
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/example.md" "$work/example.md"
cp "$here/example.md" "$work/fixed.md"
"$RLCHECK" fix "$work/fixed.md" >/dev/null 2>&1
cd "$work"
"$RLCHECK" --format json example.md >expected.json || [ $? -eq 1 ]
