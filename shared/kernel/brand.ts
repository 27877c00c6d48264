declare const brand: unique symbol

/** A value that has passed its own check and is not to be mixed with others of the same shape. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }
