// Uses the types that are made of odd names and of every built-in type.
import * as wire from "./spaces/everything.js";
import * as row from "./tabs/everything.js";

export const own: string[] = Object.keys(row.ODD);
export const proto: "__proto__" = row.ODD["__proto__"];
export const odd: wire.Odd = wire.ODD["two words"];
export const lineFeed: row.Odd = "line\nfeed";

export function server(it: row.Everything): [Date, Date, Buffer, string, number] {
	const hours: number | undefined = it.interval.hours;
	return [it.date, it.moment, it.bytea, it.big_int + it.numeric, it.point.x + (hours ?? 0) + it.circle.radius];
}

export function browser(it: wire.Everything): [string, string, number[], string] {
	return [it.date, it.moment, it.bytea.data, it.timestamptz];
}

export function arrays(it: row.Arrays): [string[], Date[], number, string, string, string[], unknown[]] {
	const cell: number | undefined = it.grid?.[0]?.[0];
	const first: number | undefined = it.numbers[0];
	return [it.texts, it.days, (cell ?? 0) + (first ?? 0), it.moods, it.ranges, it.bigs, it.objects];
}

export function names(it: row.NamesDetails): [number, string | null, string, Date] {
	return [it["with space"], it.größe ?? it["*/"] ?? it["`${x}`"], it.total, it.at];
}

export function wide(it: row.Wide): boolean {
	it.function?.();
	const again: row.Deep | undefined = it.deep.again[0];
	const inlined: number | undefined = it.inlined.second_property;
	return it.list?.[0]?.here ?? again?.elsewhere.here ?? inlined === 1;
}

// @ts-expect-error Not promised, so it may be null.
export const nullable = (it: row.Wide): row.Odd => it.nullable;
export const promised = (it: row.Wide): row.Odd => it.promised;

// @ts-expect-error A bigint does not fit into a number, so it is a string.
export const big = (it: row.Everything): number => it.big_int;

// @ts-expect-error The driver does not parse arrays of an enum type.
export const moods = (it: row.Arrays): row.Mood[] => it.moods;

// @ts-expect-error Only the database knows the type.
export const other = (it: row.Everything): string => it.other;
