export interface PoolTables {
  /** Customers that nobody looks after, and whose they were. */
  customer_pool: {
    customer_id: string
    former_owner_id: string | null
    reason: 'idle' | 'released'
    note: string
    since_day: string
    since: number
  }
  /** When the owner was told that a customer is about to fall into the pool. */
  customer_pool_notices: { customer_id: string; day: string }
  /** Who took a customer out of the pool, or was given it. */
  customer_claims: { id: string; customer_id: string; user_id: string; day: string; claimed: number; at: number }
  customer_members: { customer_id: string; user_id: string; access: 'read' | 'write' }
}
