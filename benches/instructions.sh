#!/usr/bin/env bash
# Instructions, which a busy machine does not change: counted by callgrind and held against benches/instructions.tsv.
#
# usage: benches/instructions.sh [--stages] [--record]
#
# Without --stages: the program as it is built for release (RLCHECK, or target/release/rlcheck): start-up with a draft of
# one line, one draft of 12 KB, and each further draft of a folder. With --stages: reading, words, figures, all checks and
# output by themselves, by the bench `instructions`, warm. --record writes what was counted instead of comparing it.
# Needs valgrind (apt-get install valgrind). Fails where a count is more than 5 % above the recorded one.
set -euo pipefail
cd "$(dirname "$0")/.."
stages=false record=false
for arg in "$@"; do
  case $arg in
    --stages) stages=true ;;
    --record) record=true ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
  esac
done
command -v valgrind >/dev/null || { echo "valgrind is not there: apt-get install valgrind" >&2; exit 2; }
table=benches/instructions.tsv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export RAYON_NUM_THREADS=1

# Instructions of a command; findings are no failure.
count() {
  valgrind --tool=callgrind --callgrind-out-file="$work/out" "$@" >/dev/null 2>"$work/log" || [ $? -eq 1 ]
  sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$work/log"
}

# Drafts that are not alike: the examples, each with its lines in another order from the middle on.
mkdir "$work/few" "$work/many"
printf '云砚县柘水镇2025年法治政府建设年度报告\n' >"$work/line.md"
for index in $(seq 1 30); do
  for draft in examples/clean.md examples/faulty.md; do
    lines=$(wc -l <"$draft")
    turn=$((lines / 2 + index % (lines / 2)))
    { head -n $((lines / 2)) "$draft"; tail -n +$((turn + 1)) "$draft"; head -n "$turn" "$draft" | tail -n +$((lines / 2 + 1)); } \
      >"$work/many/$index-$(basename "$draft")"
  done
done
cp "$work"/many/[1-5]-*.md "$work/few"

if $stages; then
  program=$(cargo bench --quiet --no-run --bench instructions --message-format=json \
    | sed -n 's/.*"name":"instructions".*"executable":"\([^"]*\)".*/\1/p' | tail -1)
  for stage in start parse words figures check output; do
    counted=$(count --toggle-collect='*::counted' "$program" "$stage" 1 "$work"/many/*.md)
    printf '%s\t%s\n' "$stage" "$counted"
  done >"$work/counts"
else
  program=${RLCHECK:-target/release/rlcheck}
  { printf 'line\t%s\n' "$(count "$program" check --format json "$work/line.md")"
    printf 'draft\t%s\n' "$(count "$program" check --format json examples/clean.md)"
    few=$(count "$program" check --format json "$work/few")
    many=$(count "$program" check --format json "$work/many")
    printf 'further\t%s\n' $(((many - few) / 50))
  } >"$work/counts"
fi

if awk -F'\t' '$2 + 0 == 0 { nothing = 1 } END { exit !nothing }' "$work/counts"; then
  echo "valgrind counted nothing:" >&2
  cat "$work/counts" "$work/log" >&2
  exit 2
fi

touch "$table"
# Another compiler, or a processor without the wide steps of this one, counts otherwise.
machine="# $(rustc --version), $(uname -m)$(grep -qw avx2 /proc/cpuinfo && echo ' with AVX2')"
if $record; then
  { grep '^#' "$table" | grep -v '^# rustc'; echo "$machine"; { awk -F'\t' 'NR == FNR { new[$1]; next } !/^#/ && !($1 in new)' "$work/counts" "$table"; cat "$work/counts"; } \
      | sort; } >"$work/table"
  cp "$work/table" "$table"
  cat "$table"
  exit
fi
if ! grep -qxF "$machine" "$table"; then
  echo "counted by another compiler or on another kind of machine than the recorded numbers: shown, not compared"
  cat "$work/counts"
  exit
fi
awk -F'\t' '
  NR == FNR { if (!/^#/) was[$1] = $2; next }
  {
    change = was[$1] ? ($2 / was[$1] - 1) * 100 : 0
    printf "%-8s %12d  recorded %12d  %+.1f %%\n", $1, $2, was[$1], change
    if (!($1 in was)) { print "  not recorded: benches/instructions.sh --record"; worse = 1 }
    if (change > 5) { print "  more than 5 % worse"; worse = 1 }
    if (change < -10) print "  better: record it with --record"
  }
  END { exit worse }' "$table" "$work/counts"
