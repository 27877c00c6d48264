/** What a signed contract sets in motion; it belongs to whoever has the contract. */
export interface OrdersTable {
  id: string
  version: number
  number: string
  contract_id: string
  title: string
  buyer_name: string
  sign_day: string
  /** The latest day of all its lines. */
  delivery_day: string | null
  /** `delivery_day`, or '' where there is none: what lists sort by. */
  delivery_key: string
  /** Follows from the deliveries; kept with them in the same transaction. */
  stage: 'open' | 'partly' | 'delivered' | 'cancelled'
  search_text: string
  created_at: number
  updated_at: number
}

/** Goods of an order; quantities in thousandths. */
export interface OrderLinesTable {
  id: string
  order_id: string
  seq: number
  name: string
  spec: string
  unit: string
  quantity: number
  delivered: number
  delivery_day: string | null
}

/** A delivery of one line; one that was entered in error is reversed, never removed. */
export interface OrderDeliveriesTable {
  id: string
  order_id: string
  line_id: string
  quantity: number
  day: string
  note: string
  recorded_at: number
  recorded_by: string
  reversed_at: number | null
  reversed_by: string | null
  reverse_reason: string
}

export interface OrdersTables {
  orders: OrdersTable
  order_lines: OrderLinesTable
  order_deliveries: OrderDeliveriesTable
}
