import { outreach } from '@sax/topology'

/** A page that is not there and that anybody may ask for: a function that starts asks itself, so that its pages are ready. */
export const AT_THE_START = `${outreach.basePath}/at-the-start`
