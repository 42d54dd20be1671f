/** Whether an address leads to this computer. The simulator asks no other: phones and secrets would leave it. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return (
    /^https?:$/.test(protocol) && (/^127(\.\d+){3}$/.test(hostname) || hostname === 'localhost' || hostname === '[::1]')
  )
}
