// The ledger of a draft's figures, as the program gives it, made ready for a table.
import * as vscode from "vscode";

import type { Server } from "./server";

/** Line and column start at 1; a column is a character. */
export interface Place {
  line: number;
  column: number;
  offset: number;
}

interface Span {
  start: Place;
  end: Place;
}

interface Figure {
  text: string;
  unit: string;
  exactness: string;
  counts: string;
  sentence: string;
  place: Span;
}

interface Claim {
  rule: string;
  verdict: "consistent" | "inconsistent" | "not-comparable";
  why: string | null;
  arithmetic: string;
  message: string;
  place: Span;
  figures: { place: Span }[];
}

interface Answer {
  ledger: { figures: Figure[]; claims: Claim[] };
}

/** What a claim that a figure is in comes to. */
export interface Check {
  verdict: Claim["verdict"];
  text: string;
}

/** One figure of the draft. */
export interface Row {
  text: string;
  counts: string;
  exactness: string;
  sentence: string;
  checks: Check[];
  start: Place;
  end: Place;
}

/** All figures of a draft, in reading order. */
export interface Ledger {
  rows: Row[];
}

const VERDICTS = { consistent: "相符", inconsistent: "不符", "not-comparable": "无法比较" } as const;

function check(claim: Claim): Check {
  const detail = claim.verdict === "not-comparable" ? claim.why : claim.message || claim.arithmetic;
  const verdict = VERDICTS[claim.verdict];
  return { verdict: claim.verdict, text: detail ? `${verdict}：${detail}` : verdict };
}

function rows(figures: Figure[], claims: Claim[]): Row[] {
  const rests = (claim: Claim, at: number): boolean =>
    claim.place.start.offset === at || claim.figures.some((ground) => ground.place.start.offset === at);
  return figures.map(({ text, counts, exactness, sentence, place }) => ({
    text,
    counts,
    exactness,
    sentence,
    checks: claims.filter((claim) => rests(claim, place.start.offset)).map(check),
    start: place.start,
    end: place.end,
  }));
}

/** Asks the server for the figures of a draft as it stands in the editor. */
export async function readLedger(server: Server, draft: vscode.TextDocument): Promise<Ledger> {
  const { ledger } = await server.execute<Answer>("rlcheck.figures", draft.uri.toString());
  return { rows: rows(ledger.figures, ledger.claims) };
}
