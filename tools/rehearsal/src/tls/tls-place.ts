/** Where every name leads, and the authority (PEM) to trust there. */
export interface TlsPlace {
  readonly host: string
  readonly port: number
  readonly ca: string
}
