import { create } from "zustand";
import { persist } from "zustand/middleware";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** What a person chose once and finds again at the next start. */
interface Preferences {
  readonly theme: Theme;
  readonly convention: "neurological" | "radiological";
  /** Behind the brains: figures for print need white. */
  readonly ground: "black" | "white";
  prefer(change: Partial<Omit<Preferences, "prefer">>): void;
}

export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: "system",
      convention: "neurological",
      ground: "black",
      prefer: (change) => set(change),
    }),
    { name: "preferences" },
  ),
);

/** Keeps the window's colours to the chosen theme. */
export function followTheme(): void {
  const follow = ({ theme }: Preferences) => {
    document.documentElement.style.colorScheme = theme === "system" ? "light dark" : theme;
  };
  follow(usePreferences.getState());
  usePreferences.subscribe(follow);
}
