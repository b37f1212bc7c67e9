import { nearest } from '../../schema/nearest.ts';

/** The word that another, which is not it, was probably meant to be. Short words and numbers are alike by chance. */
export function misspelt(word: string, known: Iterable<string>): string | undefined {
  const plain = (one: string): string => one.replace(/\d+/g, '0').toLowerCase();
  const alike = [...known].filter((one) => {
    const sameLetters = one.toLowerCase() === word.toLowerCase();
    return one !== word && (sameLetters || (word.length > 3 && one.length > 3 && plain(one) !== plain(word)));
  });
  return nearest(word, alike);
}
