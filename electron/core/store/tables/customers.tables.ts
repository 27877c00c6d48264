export interface CustomersTable {
  id: string
  code: string
  name: string
  short_name: string
  uscc: string
  kind: string
  industry: string
  stage: string
  grade: string
  source: string
  size: string
  region: string
  address: string
  phone: string
  website: string
  needs: string
  note: string
  owner_id: string | null
  invoice: string
  contact_name: string
  /** Pinyin order. */
  sort_name: string
  /** Normalised name, for duplicates. */
  name_key: string
  search_text: string
  removed_at: number | null
  version: number
  created_at: number
  updated_at: number
  campaign_id: string | null
  reject_reason: string
  reject_note: string
  delete_day: string | null
  addresses: string
}

export interface CustomersTables {
  customers: CustomersTable
  customer_contacts: {
    customer_id: string
    position: number
    name: string
    title: string
    phone: string
    mobile: string
    email: string
    wechat: string
    decision_role: string
    is_primary: number
    consent_basis: string
    consent_day: string | null
    birthday: string | null
  }
  customer_tags: { customer_id: string; tag: string }
  /** Fairs and actions that bring customers. Cost in fen. */
  campaigns: {
    id: string
    name: string
    kind: string
    from_day: string
    to_day: string
    place: string
    cost: number
    note: string
    version: number
    created_at: number
    updated_at: number
  }
  /** Digits of every phone of a customer, for duplicates. */
  customer_phones: { customer_id: string; digits: string }
}
