"""What a jobseeker lets which employer see; every share a dated act, withdrawn at no cost."""
