"""What runs mean: quintiles, intervals, grades, tiers, labels and suggestions."""
