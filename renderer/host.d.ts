/** What the desktop program's preload gives its page; absent in a browser. */
interface Window {
  readonly host?: {
    readonly platform: string
    readonly versions: Readonly<{ app: string; electron: string; chrome: string; node: string }>
    chooseFolder(): Promise<string | null>
    showSavedFile(): Promise<boolean>
    openSavedFile(): Promise<boolean>
    showBackups(): Promise<boolean>
    setLocale(locale: string): Promise<boolean>
    onLockRequest(listener: () => void): () => void
  }
}
