/** Nobody knows where a laptop is: the code that ISO 3166 leaves to its users. */
const NOWHERE = 'ZZ'

/**
 * The headers by which CloudFront tells what it knows about a viewer, as far as a laptop can know it.
 * @source AWS CloudFront Developer Guide, "Add CloudFront request headers"
 */
export function cloudFrontHeaders(
  { ip, protocol }: { readonly ip: string; readonly protocol: 'http' | 'https' },
  userAgent: string,
): readonly (readonly [name: string, value: string])[] {
  const isTablet = /iPad|Tablet/i.test(userAgent)
  const isMobile = !isTablet && /Mobi|iPhone|Android/i.test(userAgent)
  return [
    ['cloudfront-forwarded-proto', protocol],
    ['cloudfront-viewer-address', `${ip}:0`],
    ['cloudfront-viewer-country', NOWHERE],
    ['cloudfront-viewer-http-version', '1.1'],
    ['cloudfront-is-desktop-viewer', String(!isTablet && !isMobile)],
    ['cloudfront-is-mobile-viewer', String(isMobile)],
    ['cloudfront-is-tablet-viewer', String(isTablet)],
    ['cloudfront-is-smarttv-viewer', 'false'],
  ]
}
