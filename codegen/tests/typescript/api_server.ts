// A service that reads rows with a driver, as people write one.
import type {
	Cluster,
	ClusterConfig,
	ClusterDetails,
	ClusterListItem,
	KBStatus,
	Ticket,
} from "./types/cluster.js";

export function title(cluster: Cluster): string {
	const sub = cluster.subcluster_name;
	return sub === null ? cluster.name : `${cluster.name} / ${sub.trim()}`;
}

export function ageInMs(row: Cluster | ClusterListItem | Ticket): number {
	return Date.now() - row.created_at.getTime();
}

export function describe(details: ClusterDetails): string {
	const open: number = details.open_count + details.ticket_count;
	return `${title(details)}: ${open.toFixed(0)} of ${details.kb_articles_count}`;
}

export function label(status: KBStatus): string {
	switch (status) {
		case "PENDING":
			return "checking";
		case "FOUND":
			return "has articles";
		case "GAP":
			return "has none";
	}
}

export function mayAnswer(config: ClusterConfig): boolean {
	return config.auto_respond ?? false;
}

export const cluster: Cluster = {
	id: "1",
	organization_id: "2",
	model_id: "3",
	name: "Network",
	subcluster_name: null,
	config: {},
	kb_status: "PENDING",
	created_at: new Date(0),
	updated_at: new Date(0),
};

// @ts-expect-error A cluster always has a model.
export const withoutModel: Cluster = { ...cluster, model_id: null };

// @ts-expect-error The column is gone.
export const external: unknown = cluster.external_cluster_id;

// @ts-expect-error A status is one of three.
export const wrongStatus: Cluster = { ...cluster, kb_status: "DONE" };

// @ts-expect-error A driver gives a Date.
export const isoString: Cluster = { ...cluster, created_at: "2026-01-23" };

// @ts-expect-error A subcluster's name may be null.
export const upper: string = cluster.subcluster_name.toUpperCase();

// @ts-expect-error The counts are the own fields of the details.
export const count: number = cluster.ticket_count;

// @ts-expect-error A line of the list does not have the model.
export const listed = (item: ClusterListItem): string => item.model_id;
