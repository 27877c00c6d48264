/** What `due_key` says where nothing has dated the instalment yet. */
export const NO_DUE_KEY = '9999-12-31'
