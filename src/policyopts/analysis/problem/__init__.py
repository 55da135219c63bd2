"""From a dossier to numbers: the one room where records and the engine meet."""
