/** Who works here. A person belongs to at most one team; a team has at most one leader. */
export interface PeopleTables {
  users: {
    id: string
    login: string
    /** The log-in name as compared: NFC, lower case. */
    login_key: string
    name: string
    title: string
    phone: string
    email: string
    department_id: string | null
    team_id: string | null
    active: number
    must_change_password: number
    joined_day: string | null
    left_day: string | null
    /** Base64 of 32 random bytes that seal this user's drafts. */
    draft_key: string
    search_text: string
    /** Sort key of the name in pinyin order. */
    name_key: string
    version: number
    created_at: number
    updated_at: number
  }
  user_roles: { user_id: string; role: string }
  departments: { id: string; name: string; head_id: string | null; version: number }
  teams: { id: string; name: string; leader_id: string | null; version: number }
}
