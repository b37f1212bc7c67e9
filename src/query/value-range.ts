/** The least and the greatest value a result can have; both ends belong to it. */
export type ValueRange = readonly [least: number, greatest: number];
