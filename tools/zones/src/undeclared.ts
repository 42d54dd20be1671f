/** Last segment of paths that stand for pages nobody declared. */
export const UNDECLARED = 'a-page-nobody-declared'
