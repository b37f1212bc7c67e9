/** A script of the repository that copies volumes of a stack into archives. */
export interface BackupScript {
  readonly file: string;
  /** The folder its archives go to, as an absolute path of the machine it runs on. */
  readonly folder?: string;
  /** The volumes it names, by themselves or by their service. */
  readonly saves: readonly SavedVolume[];
  /** Its containers write to the folder themselves: it is mounted into them. */
  readonly writes: boolean;
  /** It deletes archives by their age. */
  readonly prunes: boolean;
  readonly restore?: RestoreScript;
  /** Why it cannot be run where nothing but the lab is. */
  readonly obstacle?: string;
}

/** A volume of the stack and where its service sees it. */
export interface SavedVolume {
  readonly service: string;
  readonly volume: string;
  readonly target: string;
}

/** The script that takes archives back, and what it is called with: archives, or nothing, where it takes the newest. */
export interface RestoreScript {
  readonly file: string;
  readonly takes: 'archives' | 'archive' | 'nothing';
}
