// A page that reads what the api-server answers, as people write one.
import {
	type ClusterDetails,
	type ClusterListItem,
	KB_STATUSES,
	type KBStatus,
	type Ticket,
} from "./types/cluster.js";

export function isGap(item: ClusterListItem): boolean {
	return item.kb_status === KB_STATUSES.GAP;
}

export const all: KBStatus[] = Object.values(KB_STATUSES);

export function date(row: ClusterDetails | Ticket): string {
	return new Date(row.created_at).toLocaleDateString();
}

export function newest(tickets: Ticket[]): Ticket | undefined {
	return tickets.sort((a, b) => b.created_at.localeCompare(a.created_at))[0];
}

export function metadata(ticket: Ticket): unknown {
	return ticket.source_metadata.priority;
}

export const details: ClusterDetails = {
	id: "1",
	organization_id: "2",
	model_id: "3",
	name: "Network",
	subcluster_name: "VPN Issues",
	config: { auto_respond: true },
	kb_status: KB_STATUSES.FOUND,
	kb_articles_count: 1,
	ticket_count: 2,
	open_count: 0,
	created_at: "2026-01-23T00:00:00.000Z",
	updated_at: "2026-01-23T00:00:00.000Z",
};

// @ts-expect-error JSON has no Date.
export const withDate: ClusterDetails = { ...details, created_at: new Date() };

// @ts-expect-error A cluster always has a model.
export const withoutModel: ClusterDetails = { ...details, model_id: null };

export const external: ClusterDetails = {
	...details,
	// @ts-expect-error The column is gone.
	external_cluster_id: "x",
};

// @ts-expect-error A status is one of three.
export const wrong: KBStatus = "pending";

// @ts-expect-error The constant has no such status.
export const missing: unknown = KB_STATUSES.DONE;

// @ts-expect-error A constant does not change.
KB_STATUSES.GAP = "GAP";

// @ts-expect-error The setting is a boolean.
export const config: ClusterDetails["config"] = { auto_respond: "yes" };
