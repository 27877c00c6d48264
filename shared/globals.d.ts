/** What every runtime of this program has, though the language's own library does not declare it. */
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(encoding?: string, options?: { fatal?: boolean })
  decode(bytes?: Uint8Array): string
}
declare function atob(text: string): string
declare function btoa(text: string): string
