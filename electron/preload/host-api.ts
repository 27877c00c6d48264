/** What a page of the desktop program can ask of the system. Nothing here can name a path of its own choosing. */
export interface HostApi {
  readonly platform: string
  readonly versions: Readonly<{ app: string; electron: string; chrome: string; node: string }>
  /** Lets the person choose a folder; null where they did not. */
  chooseFolder(): Promise<string | null>
  /** Shows the file that this window saved last in its folder; false where there is none. */
  showSavedFile(): Promise<boolean>
  /** Opens the file that this window saved last, if it is a document; false otherwise. */
  openSavedFile(): Promise<boolean>
  /** Opens the folder of backups. */
  showBackups(): Promise<boolean>
  /** The language of menus and dialogs from now on. */
  setLocale(locale: string): Promise<boolean>
  /** Calls `listener` when the computer sleeps or its screen is locked; the answer ends that. */
  onLockRequest(listener: () => void): () => void
}
