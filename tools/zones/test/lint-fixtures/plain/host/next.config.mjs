/** The shape of the Next.js documentation's multi-zones page, with the zone's address written out. */
const blog = 'https://blog.example.com'

/** @type {import('next').NextConfig} */
const nextConfig = {
  async rewrites() {
    return [
      { source: '/blog', destination: `${blog}/blog` },
      { source: '/blog/:path+', destination: `${blog}/blog/:path+` },
      { source: '/blog-static/:path+', destination: `${blog}/blog-static/:path+` },
    ]
  },
}

export default nextConfig
