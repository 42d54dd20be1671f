const somethingToSee = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Control}]/u

/**
 * Whether nothing of a text can be seen: spaces, and signs that only join, part or colour others.
 * @source Unicode Standard Annex 44, "Default_Ignorable_Code_Point"
 */
export function isBlank(text: string): boolean {
  return !somethingToSee.test(text)
}
