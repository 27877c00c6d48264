/**
 * The nonce of this page for styles, as the host put it into the page. Some parts of antd write a style element without
 * it (the scroll lock of a dialog, the width of a scroll bar) and the content security policy would drop it; so every
 * style element that is made carries it. Styles that come as text in markup stay refused.
 */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

const create = document.createElement.bind(document)

document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const element = create(name, options)
  if (element instanceof HTMLStyleElement) element.nonce = styleNonce
  return element
}) as typeof document.createElement
