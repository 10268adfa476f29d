// Types of the cluster pages. The rows come from the schema, the rest is written here.

export interface ClusterQueryOptions { // formatted by hand, and it stays so
    status?: KBStatus;
    sort?: keyof Pick<ClusterListItem, "name" | "created_at">
}

// tablewright:begin clusters
// tablewright:end clusters

export interface ClusterListResponse extends Pagination<ClusterListItem> { counts: Record<KBStatus, number> }

export interface Pagination<Row> {
  data: Row[];
  total: number; /* of all pages */
}

export const empty: ClusterListResponse = { data: [], total: 0, counts: { PENDING: 0, FOUND: 0, GAP: 0 } };
export const bySince = (options: ClusterQueryOptions, rows: ClusterDetails[]): ClusterDetails[] =>
	rows.filter((row) => row.kb_status === options.status && row.created_at.length > 0);
