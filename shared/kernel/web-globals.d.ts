/** What browsers and Node have alike; declared here because the pure layer compiles with the types of neither. */
declare class TextEncoder {
  encode(text?: string): Uint8Array
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean })
  decode(input?: Uint8Array): string
}
declare function btoa(data: string): string
declare function atob(data: string): string
