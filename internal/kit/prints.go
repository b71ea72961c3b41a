package kit

func posterFiles(k *Kit) ([]File, error) { return nil, nil }

func leafletFiles(k *Kit) ([]File, error) { return nil, nil }

func wallFiles(k *Kit) ([]File, error) { return nil, nil }
