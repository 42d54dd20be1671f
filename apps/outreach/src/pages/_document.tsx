import Document, { type DocumentContext, type DocumentInitialProps, Head, Html, Main, NextScript } from 'next/document'
import { env } from '../server/env.ts'
import { nonceOf } from '../server/page-props.ts'

interface OutreachDocumentProps extends DocumentInitialProps {
  readonly nonce: string
}

/** The document around every page. */
export default function OutreachDocument({ nonce }: OutreachDocumentProps) {
  return (
    // The theme's script sets the class before the page starts, so the two may differ here.
    <Html lang="en" data-release={env().RELEASE} suppressHydrationWarning>
      <Head nonce={nonce} />
      <body>
        <Main />
        <NextScript nonce={nonce} />
      </body>
    </Html>
  )
}

OutreachDocument.getInitialProps = async (context: DocumentContext): Promise<OutreachDocumentProps> => ({
  ...(await Document.getInitialProps(context)),
  nonce: nonceOf(context.req),
})
