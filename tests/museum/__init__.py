"""Files of earlier days, which every later version reads as the program of that day did."""
